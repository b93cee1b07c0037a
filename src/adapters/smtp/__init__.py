"""Mail over SMTP by the library aiosmtplib. ``mailer.SmtpMailer`` is the way in."""
