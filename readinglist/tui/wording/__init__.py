"""What the screens say, as styled text: papers, notes, filters, queries, conflicts."""
