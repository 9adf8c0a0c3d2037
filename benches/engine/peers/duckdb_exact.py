"""Every aggregate of the bench's task in DuckDB, exact, as Parquet files of whole numbers.   usage: duckdb_exact.py DATA OUT

Values are thousandths, so that sums are whole numbers whatever their order; attainments are the nearest double of value ÷ target
in billionths, ties to even; the tally of a unit is the sum and the number of its attainments.
"""
import json, sys
import duckdb

data, out = sys.argv[1], sys.argv[2]
db = duckdb.connect(config={"threads": 2})
db.execute("SET enable_progress_bar = false; SET perfect_ht_threshold = 24")
db.execute(f"""
    CREATE TABLE cells AS SELECT indicator::INTEGER AS indicator, month::INTEGER AS month, unit::INTEGER AS unit,
        round_even(value * 1000, 0)::BIGINT AS thousandths FROM '{data}/values.parquet';
    CREATE TABLE units AS SELECT unit::INTEGER AS unit, province::INTEGER AS province, weight::BIGINT AS weight FROM '{data}/units.parquet';
    CREATE TABLE by_province AS
        SELECT province, indicator, month, sum(thousandths)::BIGINT AS total, sum(thousandths * weight)::BIGINT AS weighted,
            sum(weight)::BIGINT AS weight, count(*) AS known FROM cells JOIN units USING (unit) GROUP BY ALL;
    CREATE TABLE totals AS
        SELECT 4000 + province AS place, indicator, month, total, weighted, weight, known FROM by_province
        UNION ALL
        SELECT 5000, indicator, month, sum(total)::BIGINT, sum(weighted)::BIGINT, sum(weight)::BIGINT, sum(known)::BIGINT
            FROM by_province GROUP BY indicator, month;
    CREATE TABLE shares AS
        SELECT place, indicator, round_even((over / under) / due * 1e9, 0)::BIGINT AS share FROM (
            SELECT unit AS place, indicator, thousandths::DOUBLE AS over, 1::DOUBLE AS under FROM cells WHERE month = 59
            UNION ALL
            SELECT place, indicator, CASE indicator % 2 WHEN 0 THEN total ELSE weighted END::DOUBLE,
                CASE indicator % 2 WHEN 0 THEN 1 ELSE weight END::DOUBLE FROM totals WHERE month = 59)
        JOIN (SELECT place::INTEGER AS place, indicator::INTEGER AS indicator, round_even(due * 1000, 0)::BIGINT::DOUBLE AS due
            FROM '{data}/targets.parquet') USING (place, indicator);
    COPY (SELECT place::INTEGER AS place, indicator, month, total, weighted, weight, known::BIGINT AS known FROM totals ORDER BY 1, 2, 3)
        TO '{out}/totals.parquet' (FORMAT parquet, COMPRESSION snappy);
    COPY (SELECT place::INTEGER AS place, indicator, share FROM shares ORDER BY 1, 2) TO '{out}/shares.parquet' (FORMAT parquet, COMPRESSION snappy);
    COPY (SELECT place::INTEGER AS place, sum(share)::BIGINT AS share, count(*)::BIGINT AS count FROM shares WHERE place < 4000
        GROUP BY place ORDER BY place) TO '{out}/tally.parquet' (FORMAT parquet, COMPRESSION snappy)""")
print(json.dumps({"totals": db.execute("SELECT count(*) FROM totals").fetchone()[0],
                  "shares": db.execute("SELECT count(*) FROM shares").fetchone()[0]}))
