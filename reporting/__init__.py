"""Reports and complaints: taking them in under seal, handling them by the clocks of the law, rewarding them."""
