"""Writes the national cube of the bench, the same on every run (fixed seed).

usage: data.py UNITS_CSV OUT

Every commune of UNITS_CSV that is valid today, by province; 300 indicators over 60 months; one value in ten is missing.
Values are lognormal with three decimals. OUT gets values.f64 (dense, [indicator][month][commune], NaN where missing),
values.parquet (one row a value), units.parquet, indicators.parquet (even ones are added, odd ones averaged),
targets.parquet and groups.json (communes a province).
"""
import csv, json, pathlib, sys
import numpy as np, pyarrow as pa, pyarrow.parquet as pq

INDICATORS, MONTHS = 300, 60
source, out = sys.argv[1], pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
groups = {}
for row in csv.DictReader(open(source, encoding="utf-8")):
    if row["level"] in ("commune", "ward") and not row["valid_to"]:
        groups[row["parent"]] = groups.get(row["parent"], 0) + 1
sizes = [groups[key] for key in sorted(groups)]
units = sum(sizes)
rng = np.random.default_rng(1661)
weights = np.round(rng.lognormal(9.8, 0.6, units)).astype(np.int64)
values = np.round(rng.lognormal(4, 1, (INDICATORS, MONTHS, units)), 3)
values[rng.random(values.shape) < 0.1] = np.nan
values.tofile(out / "values.f64")
known = ~np.isnan(values)
indicator, month, unit = np.nonzero(known)
table = pa.table({"indicator": indicator.astype(np.uint16), "month": month.astype(np.uint8),
                  "unit": unit.astype(np.uint16), "value": values[known]})
pq.write_table(table, out / "values.parquet", compression="snappy", row_group_size=1 << 20)
province = np.repeat(np.arange(len(sizes)), sizes)
pq.write_table(pa.table({"unit": np.arange(units, dtype=np.uint16), "province": province.astype(np.uint8),
                         "weight": weights.astype(np.float64)}), out / "units.parquet")
number = np.arange(INDICATORS)
pq.write_table(pa.table({"indicator": number.astype(np.uint16), "averaged": (number % 2).astype(np.uint8)}), out / "indicators.parquet")
places = np.concatenate([np.arange(units), 4000 + np.arange(len(sizes)), [5000]])
due = np.round(rng.lognormal(4.2, 0.5, (INDICATORS, len(places))), 3)
due[0::2] *= np.concatenate([np.ones(units), sizes, [units]])
pq.write_table(pa.table({"indicator": np.repeat(number, len(places)).astype(np.uint16),
                         "place": np.tile(places, INDICATORS).astype(np.uint16), "due": np.round(due, 3).ravel()}), out / "targets.parquet")
json.dump({"sizes": sizes, "weights": weights.tolist(), "values": int(known.sum())}, open(out / "groups.json", "w"))
