"""Writes bikram_sambat.csv: the first Gregorian day of each Bikram Sambat month, by two packages.

    pip install nepali-datetime==1.0.8.5 nepalicalendar==0.4
    python bikram_sambat.py > bikram_sambat.csv

The packages keep separate tables; a column is empty where its package has no data.
"""

import nepali_datetime
from nepalicalendar import NepDate

# The years each package covers.
NEPALI_DATETIME = range(1975, 2101)
NEPALICALENDAR = range(2000, 2091)

print("year,month,nepali_datetime,nepalicalendar")
for year in NEPALI_DATETIME:
    for month in range(1, 13):
        first = nepali_datetime.date(year, month, 1).to_datetime_date()
        second = ""
        if year in NEPALICALENDAR:
            second = NepDate.from_bs_date(year, month, 1).en_date
        print(f"{year},{month},{first},{second}")
