namespace Daypass.Bench.Cases;

/// <summary>One line of the table: requests a second, times and processor time in microseconds, resident memory in MB.</summary>
internal sealed record Result(string Name, double Rate, double P50, double P99, double Cpu, double ResidentBefore, double ResidentAfter);
