"""Shell: the commands, and the only code that touches disk, network, clock, environment and
terminal. Everything that it decides is decided by the stages."""
