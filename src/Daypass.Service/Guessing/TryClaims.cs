using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Guessing;

/// <summary>Claims of tries, in the store that all nodes share.</summary>
internal interface ITryClaims
{
    /// <summary>Whether it is this node's; null where it was not even asked for, because too much is asked for already.</summary>
    /// <exception cref="StoreUnavailableException">Nobody knows.</exception>
    ValueTask<bool?> TryClaimAsync(AccountId account, Claim claim);
}

/// <summary>
/// Each claim is a commit of its own, without documents. Strangers can cause them, by many wrong passwords for each: so there are few a second, whoever asks.
/// </summary>
internal sealed class TryClaims(DirectoryCache directories, IEntropy entropy, TimeProvider time) : ITryClaims
{
    /// <summary>Claims a second; ten times that at a stretch.</summary>
    public const int PerSecond = 20;
    private readonly TryCounts _rate = new(TimeSpan.FromSeconds(1.0 / PerSecond), time, width: 1);

    public async ValueTask<bool?> TryClaimAsync(AccountId account, Claim claim)
    {
        if (_rate.Add("", PerSecond * 10) > TimeSpan.Zero)
            return null;
        var result = await directories.CommitAsync(new Commit { Id = Identifiers.Uuid(entropy), Set = SetId.Of(account), Claims = [claim] }, default);
        return result.Outcome switch
        {
            CommitOutcome.Committed => true,
            CommitOutcome.ClaimTaken => false,
            _ => throw new StoreUnavailableException("The store leads another life than a moment ago."),
        };
    }
}
