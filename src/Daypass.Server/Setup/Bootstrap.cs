using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Setup;

/// <summary>
/// The first start: an account, an administrator and its access key, which are printed once and left in <c>admin.credentials</c>.
/// <code>
/// 1 the installation's set   the account exists and is the operator's: of several nodes, one makes it
/// 2 the account's set        its administrator and the key: of several nodes, one makes them, and only that one has the secret
/// </code>
/// A start that is cut off in between is taken up by the next. Who made them is never what a commit answered, but what the store holds: a key
/// waits in <c>admin.credentials.pending</c> until it is seen there, so no node ever leaves or prints one that does not work.
/// </summary>
internal sealed class Bootstrap(DirectoryCache directories, Vault vault, IEntropy entropy, TimeProvider time, string dataDirectory, bool hasCompanyAccounts = false)
{
    private const string AdministratorName = "admin";
    private const string AdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

    /// <summary>What the first start made.</summary>
    internal sealed record Made(AccountId Account, string AccessKeyId, string SecretAccessKey, string CredentialsFile, bool IsSecretGiven);

    /// <summary>Makes the first account if there is none yet; else, or when another node was faster, null.</summary>
    /// <exception cref="StartException">There is no first account, and this node may not make one.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer. What it has got of it is taken up by the next start.</exception>
    public async Task<Made?> RunAsync(BootstrapVariables variables, bool mayCreate, CancellationToken cancellationToken)
    {
        if (!await IsDoneAsync(cancellationToken))
            await MakeAsync(variables, mayCreate, cancellationToken);
        return await SettleAsync(variables, cancellationToken);
    }

    private async Task MakeAsync(BootstrapVariables variables, bool mayCreate, CancellationToken cancellationToken)
    {
        if (!mayCreate)
            throw new StartException("The database has no administrator yet: the start with --init did not come to its end. Start one node with --init again.");
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var isOurs = Operator is null && await RegisterAsync(variables.Account ?? Identifiers.Account(entropy, hasCompanyAccounts), now, cancellationToken);
        if (!isOurs && await IsDoneAsync(cancellationToken))
            return;
        var account = Operator ?? throw new StartException("The first account could not be written; start again.");
        var accessKeyId = variables.AccessKeyId ?? Identifiers.AccessKey(AccessKeyId.LongTermPrefix, account, entropy);
        var secret = variables.SecretAccessKey ?? Identifiers.Secret(entropy);
        await RegisterForeignAsync(accessKeyId, account, cancellationToken);
        // Before the commit that counts: a cut after it must not leave an installation whose only key nobody has.
        Setup.CredentialsFile.WritePending(dataDirectory, accessKeyId, secret);
        await FurnishAsync(account, accessKeyId, secret, now, cancellationToken);
        if (!await IsDoneAsync(cancellationToken))
            throw new StoreUnavailableException("The first account could not be written; start again.");
    }

    // What waits in this data directory, of this start or of one that was cut off: the key that is in the store is left for the administrator.
    private async Task<Made?> SettleAsync(BootstrapVariables variables, CancellationToken cancellationToken)
    {
        Made? made = null;
        foreach (var pending in Setup.CredentialsFile.Pending(dataDirectory))
        {
            if (pending.Key is var (id, secret) && await WorksAsync(id, secret, cancellationToken))
                made = new Made(Operator!.Value, id, secret, Setup.CredentialsFile.Confirm(dataDirectory, pending.File), IsSame(variables.SecretAccessKey, secret));
            else
                Setup.CredentialsFile.Drop(pending.File);
        }
        return made;
    }

    private async Task<bool> WorksAsync(string accessKeyId, string secret, CancellationToken cancellationToken)
    {
        var account = Operator!.Value;
        return (await directories.GetAsync(account, cancellationToken))?.FindAccessKey(accessKeyId) is { } key && vault.CanOpenSecret(key)
            && IsSame(vault.OpenSecret(key, account), secret);
    }

    private static bool IsSame(string? one, string other) =>
        one is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private AccountId? Operator => AccountId.TryParse(directories.Installation.Operator?.Id, out var account) ? account : null;

    private async Task<bool> IsDoneAsync(CancellationToken cancellationToken) =>
        Operator is { } account && (await directories.GetAsync(account, cancellationToken))?.Settings is not null;

    private Task<bool> RegisterAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken) => CommitAsync(
        new Changes(directories.Installation.Documents).Guard("first-account").Put(
            DocumentKinds.Account, new Account { Id = account.ToString(), Name = "First account", Email = "admin@localhost.localdomain", Created = now, IsOperator = true }),
        cancellationToken);

    private async Task RegisterForeignAsync(string accessKeyId, AccountId account, CancellationToken cancellationToken)
    {
        if (!AccessKeyId.TryGetAccount(accessKeyId, out var embedded) || embedded != account)
            await CommitAsync(new Changes(directories.Installation.Documents).Put(DocumentKinds.ForeignKey, new ForeignKey(accessKeyId, account.ToString())), cancellationToken);
    }

    private async Task FurnishAsync(AccountId account, string accessKeyId, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var user = new User
        {
            Name = AdministratorName,
            Path = "/",
            Id = Identifiers.Unique(UniqueId.User, entropy),
            Created = now,
            Attached = [AdministratorAccess],
        };
        var key = new AccessKey
        {
            Id = accessKeyId,
            UserId = user.Id,
            Created = now,
            SealedSecret = vault.SealSecret(secret, account, user.Id, accessKeyId, entropy),
        };
        var directory = await directories.GetAsync(account, cancellationToken) ?? throw new StartException("The first account could not be written; start again.");
        // The commit rests on what is seen here. Somebody else's administrator may be there by now: it would be replaced, and its key would be nobody's.
        if (directory.Settings is not null)
            return;
        await CommitAsync(
            new Changes(directory.Documents)
                .Put(DocumentKinds.Settings, new AccountSettings { Created = now }).Put(DocumentKinds.User, user).Put(DocumentKinds.AccessKey, key),
            cancellationToken);
    }

    private async Task<bool> CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        var commit = new Commit { Id = Identifiers.Uuid(entropy), Set = changes.Set, Epoch = changes.Epoch, Reads = changes.Reads, Puts = changes.Puts };
        return (await directories.CommitAsync(commit, cancellationToken)).Outcome == CommitOutcome.Committed;
    }
}
