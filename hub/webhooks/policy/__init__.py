"""How what is sent is signed, and to which addresses anything is sent."""
