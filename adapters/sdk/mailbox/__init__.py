"""Exchanges files with a partner: in folders of this machine, or by SFTP."""
