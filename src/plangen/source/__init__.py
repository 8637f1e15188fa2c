"""From bytes to a validated plan: decoding, nodes with positions, records."""
