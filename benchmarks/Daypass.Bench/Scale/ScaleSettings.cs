using Daypass.Bench.Cases;

namespace Daypass.Bench.Scale;

/// <summary>How large the big cases are, and how much is run.</summary>
internal sealed record ScaleSettings
{
    public int Accounts { get; init; } = 20_000;

    public int Users { get; init; } = 100_000;

    /// <summary>Users of the big account that call, in turn: ten times as many as the small case has.</summary>
    public int Callers { get; init; } = 10_000;

    /// <summary>Accounts that are called, in turn; the others stay cold.</summary>
    public int WarmAccounts { get; init; } = 1_000;

    public int ColdAccounts { get; init; } = 200;

    public int Writes { get; init; } = 300;

    public int Starts { get; init; } = 3;

    public Settings Load { get; init; } = new() { Requests = 50_000, WarmUp = 50_000, Rounds = 5 };

    public bool Write { get; init; }

    public static ScaleSettings Read(IEnumerable<string> options)
    {
        var settings = new ScaleSettings();
        foreach (var option in options)
        {
            settings = option switch
            {
                "--write" => settings with { Write = true },
                "--quick" => settings with
                {
                    Accounts = 2_000, Users = 10_000, Callers = 1_000, WarmAccounts = 200, ColdAccounts = 50, Writes = 100, Starts = 1,
                    Load = new Settings { Requests = 10_000, WarmUp = 10_000, Rounds = 3 },
                },
                var other => throw new ArgumentException($"The option {other} does not exist."),
            };
        }
        return settings;
    }
}
