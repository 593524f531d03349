"""Vietnamese text: normal forms that keep the place in the original, tones, disguises."""
