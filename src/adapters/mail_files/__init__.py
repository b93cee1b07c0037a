"""Mail as files, for installations without a mail server and for the demo's mailbox."""
