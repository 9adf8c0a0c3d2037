/* The least that the task can take: one pass over the dense doubles, sums and weighted means per province and country.
 * cc -O3 -march=native -ffast-math -fno-finite-math-only -fopenmp loop.c -o loop -lm
 * usage: OMP_NUM_THREADS=2 loop VALUES ROWS ROUNDS SIZE...   prints the median seconds and the sum of all sums
 */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

static int order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    long rows = atol(argv[2]), rounds = atol(argv[3]), groups = argc - 4, units = 0;
    long size[256];
    for (long g = 0; g < groups; g++) units += size[g] = atol(argv[4 + g]);
    double *values = aligned_alloc(64, (rows * units * 8 + 63) / 64 * 64), *weight = malloc(units * 8);
    double *total = malloc(rows * (groups + 1) * 8), *mean = malloc(rows * (groups + 1) * 8), *took = malloc(rounds * 8);
    FILE *file = fopen(argv[1], "rb");
    if (!file || fread(values, 8, rows * units, file) != (size_t)(rows * units)) return 1;
    fclose(file);
    for (long u = 0; u < units; u++) weight[u] = 1000 + u % 777;
    for (long round = 0; round < rounds; round++) {
        double start = omp_get_wtime();
#pragma omp parallel for schedule(static)
        for (long row = 0; row < rows; row++) {
            const double *cell = values + row * units;
            double country = 0, over = 0, under = 0;
            for (long g = 0, u = 0; g < groups; g++) {
                double sum = 0, weighted = 0, weights = 0;
                long end = u + size[g];
#pragma omp simd reduction(+ : sum, weighted, weights)
                for (long i = u; i < end; i++) {
                    int known = cell[i] == cell[i];
                    double v = known ? cell[i] : 0, w = known ? weight[i] : 0;
                    sum += v;
                    weighted += v * w;
                    weights += w;
                }
                u = end;
                total[row * (groups + 1) + g] = sum;
                mean[row * (groups + 1) + g] = weighted / weights;
                country += sum, over += weighted, under += weights;
            }
            total[row * (groups + 1) + groups] = country;
            mean[row * (groups + 1) + groups] = over / under;
        }
        took[round] = omp_get_wtime() - start;
    }
    qsort(took, rounds, 8, order);
    double all = 0;
    for (long i = 0; i < rows * (groups + 1); i++) all += total[i];
    printf("{\"compute_s\": %.6f, \"total\": %.3f}\n", took[rounds / 2], all);
    return 0;
}
