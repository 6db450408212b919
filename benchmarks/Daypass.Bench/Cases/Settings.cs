using System.Globalization;

namespace Daypass.Bench.Cases;

/// <summary>How much is run. The defaults are those of docs/performance.md.</summary>
internal sealed record Settings
{
    /// <summary>Requests of one round of one case.</summary>
    public int Requests { get; init; } = 150_000;

    /// <summary>Rounds of each case, taken in turns so that a noisy minute does not hit one case alone.</summary>
    public int Rounds { get; init; } = 3;

    public int WarmUp { get; init; } = 150_000;

    /// <summary>Connections, each with one request under way.</summary>
    public int Connections { get; init; } = 128;

    /// <summary>Only the cases whose name has this in it.</summary>
    public string Only { get; init; } = "";

    /// <summary>Write docs/performance.md.</summary>
    public bool Write { get; init; }

    public static Settings Read(IReadOnlyList<string> arguments)
    {
        var settings = new Settings();
        for (var i = 0; i < arguments.Count; i++)
        {
            settings = arguments[i] switch
            {
                "--write" => settings with { Write = true },
                "--quick" => settings with { Requests = 20_000, WarmUp = 20_000, Rounds = 1 },
                "--requests" => settings with { Requests = Number(arguments[++i]) },
                "--rounds" => settings with { Rounds = Number(arguments[++i]) },
                "--warm-up" => settings with { WarmUp = Number(arguments[++i]) },
                "--connections" => settings with { Connections = Number(arguments[++i]) },
                "--only" => settings with { Only = arguments[++i] },
                var other => throw new ArgumentException($"The option {other} does not exist."),
            };
        }
        return settings;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
