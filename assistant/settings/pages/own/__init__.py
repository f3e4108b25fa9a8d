"""A person's own account: password, second step, logins, keys for programs."""
