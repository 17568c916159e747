"""Papers coming in: each record meets the paper it is about, or becomes one."""
