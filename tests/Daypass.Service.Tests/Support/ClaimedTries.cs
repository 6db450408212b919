using Daypass.Names;
using Daypass.Service.Guessing;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Support;

/// <summary>Claims of tries that nodes share, in memory, for ever.</summary>
internal sealed class ClaimedTries : ITryClaims
{
    private readonly HashSet<string> _taken = [];

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>How many claims succeeded.</summary>
    public int Taken => _taken.Count;

    /// <summary>Thrown when asked.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<bool?> TryClaimAsync(AccountId account, Claim claim)
    {
        lock (_taken)
        {
            Asked++;
            return Failure is null ? ValueTask.FromResult<bool?>(_taken.Add($"{account}/{claim.Value}")) : throw Failure;
        }
    }
}
