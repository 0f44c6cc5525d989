"""What to do, by hazard and severity: short, ours, and never a substitute for the authorities.

Each hazard has a sentence for severe and extreme, and one for what is less.
"""

from bot.model.assessment import Severity
from bot.model.hazard import Hazard
from bot.wording.catalogue import Words, marked

ADVICE: dict[Hazard, tuple[str, str]] = {
    Hazard.ARMED_ATTACK: (
        marked("Stay away from the area and off the streets; keep doors shut and your phone charged."),
        marked("Avoid the area and crowds; expect checkpoints."),
    ),
    Hazard.ARMED_CONFLICT: (
        marked("Go indoors, away from windows, to the lowest floor; travel only when authorities say it is safe."),
        marked("Keep away from military sites and front lines; have a way out ready."),
    ),
    Hazard.KIDNAPPING: (
        marked("Do not travel by road in the area; vary your routes and tell someone where you are."),
        marked("Travel by day and in company; tell someone where you are."),
    ),
    Hazard.COUP: (
        marked("Stay indoors, away from government and army buildings; keep papers, water and money at hand."),
        marked("Avoid government buildings and gatherings; follow local radio."),
    ),
    Hazard.UNREST: (
        marked("Stay indoors and away from the city centre; do not film; do not cross roadblocks."),
        marked("Keep away from gatherings; plan another way round."),
    ),
    Hazard.CRIME: (
        marked("Avoid the area, above all after dark; do not resist a robbery."),
        marked("Keep valuables out of sight; use registered taxis."),
    ),
    Hazard.AIRPORT: (
        marked("Do not go to the airport before your airline confirms your flight."),
        marked("Check your flight with the airline before you leave."),
    ),
    Hazard.TRANSPORT: (
        marked("Put off the journey, or take another route; keep water and fuel in reserve."),
        marked("Allow more time, or take another route."),
    ),
    Hazard.EARTHQUAKE: (
        marked("Get outside, away from buildings; expect aftershocks; on the coast go to high ground."),
        marked("Expect aftershocks: drop, cover and hold on."),
    ),
    Hazard.TSUNAMI: (
        marked("Leave the shore now for high ground, on foot if you can; stay there until the all-clear."),
        marked("Keep off beaches and out of harbours."),
    ),
    Hazard.VOLCANO: (
        marked("Leave the danger zone; cover nose and mouth against ash; expect flights to be cancelled."),
        marked("Keep out of the closed zone; expect flights to be delayed."),
    ),
    Hazard.STORM: (
        marked("Stay inside, away from windows and the coast; have water, light and food for three days."),
        marked("Secure loose things; put off trips by sea and over bridges."),
    ),
    Hazard.FLOOD: (
        marked("Go to higher ground; never walk or drive through moving water."),
        marked("Keep away from rivers and underpasses."),
    ),
    Hazard.WILDFIRE: (
        marked("Leave early, away from the smoke; close windows; obey evacuation orders at once."),
        marked("Keep away from the fire; shut windows against smoke."),
    ),
    Hazard.LANDSLIDE: (
        marked("Leave slopes and valleys; more may come down; do not enter cut roads."),
        marked("Avoid mountain roads after rain."),
    ),
    Hazard.EXTREME_WEATHER: (
        marked("Stay inside; put off travel; look after children and the old."),
        marked("Dress for it, drink enough, and allow more time."),
    ),
    Hazard.HEALTH: (
        marked("Avoid crowds and clinics if you can; wash hands, drink safe water, ask a doctor at the first signs."),
        marked("Wash hands, drink safe water, and check your vaccinations."),
    ),
    Hazard.INFRASTRUCTURE: (
        marked("Save battery and water; carry cash; agree on a place to meet."),
        marked("Keep phone and power bank charged; carry cash."),
    ),
    Hazard.INDUSTRIAL: (
        marked("Stay upwind and indoors with windows shut; follow the orders of the emergency services."),
        marked("Keep away from the site and its smoke."),
    ),
    Hazard.ADVISORY: (
        marked("Follow the order; keep papers with you; ask your embassy if in doubt."),
        marked("Read the official advice before you travel."),
    ),
}

AIRPORT_SHUT = marked("Ask your airline before you set out for the airport.")
ENDED = marked("Check with local authorities before you go back to normal.")


def advice(hazard: Hazard, severity: Severity, words: Words) -> str:
    """Return what a person there had best do."""
    grave, mild = ADVICE[hazard]
    return words.say(grave if severity >= Severity.SEVERE else mild)


def airport_advice(words: Words) -> str:
    """Return what to do when the airport is shut by something else."""
    return words.say(AIRPORT_SHUT)


def end_advice(words: Words) -> str:
    """Return what to do when it is over."""
    return words.say(ENDED)
