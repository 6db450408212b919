using System.Text;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Setup;

/// <summary>
/// The first start: an account, an administrator and its access key, which are printed once and left in
/// <c>admin.credentials</c>. A start that is cut off before its last commit begins again.
/// </summary>
internal sealed class Bootstrap(DirectoryCache directories, Vault vault, IEntropy entropy, TimeProvider time, string dataDirectory)
{
    private const string AdministratorName = "admin";
    private const string AdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

    /// <summary>What the first start made.</summary>
    internal sealed record Made(AccountId Account, string AccessKeyId, string SecretAccessKey, string CredentialsFile, bool IsSecretGiven);

    /// <summary>Where the administrator's keys are left.</summary>
    public string CredentialsFile { get; } = Path.Combine(dataDirectory, "admin.credentials");

    /// <summary>Makes the first account if there is none yet; else null.</summary>
    public async Task<Made?> RunAsync(BootstrapVariables variables, CancellationToken cancellationToken)
    {
        if (directories.Installation.Operator is not null)
            return null;
        var account = variables.Account ?? Identifiers.Account(entropy);
        var accessKeyId = variables.AccessKeyId ?? Identifiers.AccessKey(AccessKeyId.LongTermPrefix, account, entropy);
        var secret = variables.SecretAccessKey ?? Identifiers.Secret(entropy);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        await CommitAccountAsync(account, accessKeyId, secret, now, cancellationToken);
        // Before the commit that counts: a cut after it must not leave an installation whose only key nobody has.
        WriteCredentials(accessKeyId, secret);
        await CommitInstallationAsync(account, accessKeyId, now, cancellationToken);
        return new Made(account, accessKeyId, secret, CredentialsFile, variables.SecretAccessKey is not null);
    }

    private async Task CommitAccountAsync(AccountId account, string accessKeyId, string secret, DateTimeOffset now, CancellationToken cancellationToken)
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
        // Puts without expectations: a first start that was cut off may have left its account behind.
        await CommitAsync(SetId.Of(account),
            [Put(DocumentKinds.Settings, new AccountSettings { Created = now }), Put(DocumentKinds.User, user), Put(DocumentKinds.AccessKey, key)], cancellationToken);
    }

    private async Task CommitInstallationAsync(AccountId account, string accessKeyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Put> puts = [Put(DocumentKinds.Account, new Account { Id = account.ToString(), Name = "First account", Email = "admin@localhost.localdomain", Created = now, IsOperator = true })];
        if (!AccessKeyId.TryGetAccount(accessKeyId, out var embedded) || embedded != account)
            puts.Add(Put(DocumentKinds.ForeignKey, new ForeignKey(accessKeyId, account.ToString())));
        await CommitAsync(SetId.Installation, puts, cancellationToken);
    }

    private async Task CommitAsync(SetId set, IReadOnlyList<Put> puts, CancellationToken cancellationToken)
    {
        var result = await directories.CommitAsync(new Commit { Id = Identifiers.Uuid(entropy), Set = set, Puts = puts }, cancellationToken);
        if (result.Outcome != CommitOutcome.Committed)
            throw new StartException("The first account could not be written; start again.");
    }

    private static Put Put<T>(DocumentKind<T> kind, T value)
        where T : class => new(kind.KeyOf(value), kind.Write(value));

    private void WriteCredentials(string accessKeyId, string secret)
    {
        var text = new StringBuilder()
            .Append("[default]\n")
            .Append("aws_access_key_id = ").Append(accessKeyId).Append('\n')
            .Append("aws_secret_access_key = ").Append(secret).Append('\n')
            .ToString();
        try
        {
            File.Delete(CredentialsFile);
            PrivateFile.Create(CredentialsFile, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The administrator's keys cannot be written to {CredentialsFile}: {failure.Message}");
        }
    }
}
