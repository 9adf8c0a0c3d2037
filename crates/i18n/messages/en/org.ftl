# Offices, posts, people, policy.
office-committee = People’s Committee of { $unit }
