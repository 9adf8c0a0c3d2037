"""The bench's task in Polars, two threads.   usage: polars_peer.py DATA ROUNDS

One packed key from a look-up instead of a join, streaming or in memory: the faster of the two is reported.
"""
import json, os, statistics, sys, time

os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl

data, rounds = sys.argv[1], int(sys.argv[2])
start = time.perf_counter()
values, units, indicators, targets = (pl.read_parquet(f"{data}/{name}.parquet") for name in ("values", "units", "indicators", "targets"))
load = time.perf_counter() - start
MONTHS, SPAN = 60, 300 * 60
base, weight = units["province"].cast(pl.UInt32) * SPAN, units["weight"]


def run(engine):
    key = pl.lit(base).gather(pl.col("unit")) + pl.col("indicator").cast(pl.UInt32) * MONTHS + pl.col("month")
    by_province = (values.lazy().select(key=key, value="value", weight=pl.lit(weight).gather(pl.col("unit")))
                   .group_by("key").agg(total=pl.col("value").sum(), weighted=(pl.col("value") * pl.col("weight")).sum(),
                                        weight=pl.col("weight").sum(), known=pl.len()).collect(engine=engine)
                   .with_columns(place=(pl.col("key") // SPAN + 4000).cast(pl.UInt16),
                                 indicator=(pl.col("key") % SPAN // MONTHS).cast(pl.UInt16), month=(pl.col("key") % MONTHS).cast(pl.UInt8)))
    country = by_province.group_by("indicator", "month").agg(pl.col("total", "weighted", "weight", "known").sum()).with_columns(place=pl.lit(5000, pl.UInt16))
    columns = ["place", "indicator", "month", "total", "weighted", "weight"]
    totals = pl.concat([by_province.select(columns), country.select(columns)]).with_columns(mean=pl.col("weighted") / pl.col("weight"))
    last = totals.filter(pl.col("month") == 59).join(indicators, on="indicator")
    up = last.select("place", "indicator", value=pl.when(pl.col("averaged") == 0).then("total").otherwise("mean"))
    own = values.filter(pl.col("month") == 59).select(place="unit", indicator="indicator", value="value")
    shares = pl.concat([own, up]).join(targets, on=["place", "indicator"]).select("place", share=pl.col("value") / pl.col("due"))
    ranking = shares.filter(pl.col("place") < 4000).group_by("place").agg(pl.col("share").mean()).sort("share", descending=True)
    return totals, shares, ranking


times = {}
for engine in ("streaming", "in-memory"):
    for _ in range(rounds):
        start = time.perf_counter()
        totals, shares, ranking = run(engine)
        times.setdefault(engine, []).append(time.perf_counter() - start)
best = min(times, key=lambda engine: statistics.median(times[engine]))
print(json.dumps({"load_s": load, "compute_s": statistics.median(times[best]), "engine": best, "times": times, "total": totals["total"].sum(),
                  "mean": totals["mean"].sum(), "shares": shares.height, "share_sum": shares["share"].sum(), "top": ranking["place"][:20].to_list(),
                  "version": pl.__version__}))
