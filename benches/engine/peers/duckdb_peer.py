"""The bench's task in DuckDB, in memory, two threads.   usage: duckdb_peer.py DATA ROUNDS

The hash table is allowed to be direct for the 21-bit group key, which is the fastest setting that we found.
"""
import json, statistics, sys, time
import duckdb

data, rounds = sys.argv[1], int(sys.argv[2])
db = duckdb.connect(config={"threads": 2})
db.execute("SET enable_progress_bar = false; SET perfect_ht_threshold = 24")
start = time.perf_counter()
for table in ("values", "units", "indicators", "targets"):
    db.execute(f"CREATE TABLE t_{table} AS SELECT * FROM '{data}/{table}.parquet'")
load = time.perf_counter() - start
times = []
for _ in range(rounds):
    for table in ("by_province", "totals", "shares", "ranking"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    start = time.perf_counter()
    db.execute("""
        CREATE TABLE by_province AS
            SELECT province, indicator, month, sum(value) AS total, sum(value * weight) AS weighted, sum(weight) AS weight, count(*) AS known
            FROM t_values JOIN t_units USING (unit) GROUP BY province, indicator, month;
        CREATE TABLE totals AS
            SELECT 4000 + province AS place, indicator, month, total, weighted / weight AS mean, known FROM by_province
            UNION ALL
            SELECT 5000, indicator, month, sum(total), sum(weighted) / sum(weight), sum(known) FROM by_province GROUP BY indicator, month;
        CREATE TABLE shares AS
            SELECT place, indicator, value / due AS share FROM (
                SELECT unit AS place, indicator, value FROM t_values WHERE month = 59
                UNION ALL
                SELECT place, indicator, CASE averaged WHEN 0 THEN total ELSE mean END
                FROM totals JOIN t_indicators USING (indicator) WHERE month = 59)
            JOIN t_targets USING (place, indicator);
        CREATE TABLE ranking AS
            SELECT place, avg(share) AS mean, row_number() OVER (ORDER BY avg(share) DESC) AS rank FROM shares WHERE place < 4000 GROUP BY place""")
    times.append(time.perf_counter() - start)
# In thousandths the values are whole numbers, so that these sums are exact whatever their order.
exact = db.execute("""SELECT sum(thousandths)::VARCHAR, sum(thousandths * weight::HUGEINT)::VARCHAR, count(*) FROM
    (SELECT round(value * 1000)::HUGEINT AS thousandths, weight FROM t_values JOIN t_units USING (unit))""").fetchone()
digest = db.execute("""SELECT province, indicator, month, sum(round(value * 1000)::HUGEINT)::VARCHAR
    FROM t_values JOIN t_units USING (unit) WHERE indicator < 30 GROUP BY ALL ORDER BY ALL""").fetchall()
total, mean = db.execute("SELECT sum(total), sum(mean) FROM totals").fetchone()
count, share = db.execute("SELECT count(*), sum(share) FROM shares").fetchone()
top = [row[0] for row in db.execute("SELECT place FROM ranking ORDER BY rank LIMIT 20").fetchall()]
print(json.dumps({"load_s": load, "compute_s": statistics.median(times), "times": times, "total": total, "mean": mean, "shares": count,
                  "share_sum": share, "top": top, "exact_sum": exact[0], "exact_weighted": exact[1], "values": exact[2],
                  "exact_by_province": [int(row[3]) for row in digest], "version": duckdb.__version__}))
