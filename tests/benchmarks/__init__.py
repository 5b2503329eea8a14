"""What Tian and its peers do on one machine, one after another: `make bench`."""
