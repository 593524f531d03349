"""chosach, "chợ sạch": from raw listings and tips to evidence-backed cases and the periodic report."""
