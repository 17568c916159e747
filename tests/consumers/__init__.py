"""Opt-in: the programs that take our exports, each as far as it is installed (`-m consumers`)."""
