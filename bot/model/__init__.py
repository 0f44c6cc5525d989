"""The nouns of Outrider: frozen dataclasses and enums, standard library only.

Times are aware datetimes in UTC. Countries are ISO 3166-1 alpha-2. Distances are
kilometres, points are (latitude, longitude) in degrees. Nothing here does I/O.
"""
