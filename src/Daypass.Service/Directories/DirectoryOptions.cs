namespace Daypass.Service.Directories;

/// <summary>How much a node holds in memory, and for how long it trusts it.</summary>
internal sealed record DirectoryOptions
{
    /// <summary>How old the view may get while the store is away before every call is refused. Default 15 minutes.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What the accounts in memory may take, in estimated bytes. Default 1 GiB.</summary>
    public long MemoryBudget { get; init; } = 1L << 30;
}
