using System.Net;
using Daypass.Names;
using Daypass.Service.Directories;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>The accounts of the roles that unsigned calls ask for. Loading one costs a place among its source's.</summary>
internal sealed class TargetAccounts(DirectoryCache directories)
{
    private readonly ColdLoads _loads = new();

    /// <summary>An account that is not there is one without providers (null): which accounts there are is nobody's business.</summary>
    public async ValueTask<AccountDirectory?> FindAsync(AccountId account, IPAddress source, CancellationToken cancellationToken)
    {
        if (directories.Knows(account))
            return await directories.GetAsync(account, cancellationToken);
        if (directories.Installation.FindAccount(account) is null)
            return null;
        using var place = _loads.Enter(source);
        return await directories.GetAsync(account, cancellationToken);
    }
}
