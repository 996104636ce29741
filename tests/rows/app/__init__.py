"""The program around the hub: settings, telling, processes, the command line."""
