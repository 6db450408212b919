using System.Globalization;

namespace Daypass.Bench.Trail;

/// <summary>How much is filled in and searched. The defaults are those of docs/performance.md.</summary>
internal sealed record TrailSettings
{
    /// <summary>Events of the large account; a tenth of a percent as many are in each of ten others, and a thousand in a small one.</summary>
    public int Events { get; init; } = 10_000_000;

    /// <summary>What is shipped at once.</summary>
    public int Batch { get; init; } = 2_000;

    /// <summary>Bytes of a record, which a search reads by its key only. A real one has 1,300 and more.</summary>
    public int RecordBytes { get; init; } = 600;

    /// <summary>Pages of each case.</summary>
    public int Pages { get; init; } = 300;

    /// <summary>A PostgreSQL database to fill instead: an empty one of its own.</summary>
    public string? Postgres { get; init; }

    public bool Write { get; init; }

    public static TrailSettings Read(IReadOnlyList<string> options)
    {
        var settings = new TrailSettings();
        for (var i = 0; i < options.Count; i++)
        {
            settings = options[i] switch
            {
                "--write" => settings with { Write = true },
                "--quick" => settings with { Events = 200_000, Pages = 100 },
                "--events" => settings with { Events = Number(options[++i]) },
                "--batch" => settings with { Batch = Number(options[++i]) },
                "--record-bytes" => settings with { RecordBytes = Number(options[++i]) },
                "--postgres" => settings with { Postgres = options[++i] },
                var other => throw new ArgumentException($"The option {other} does not exist."),
            };
        }
        return settings;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
