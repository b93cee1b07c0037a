"""Object storage by the library obstore: local disk, S3, or memory, evened out to one behaviour.

``storage.storage_from_url`` is the way in.
"""
