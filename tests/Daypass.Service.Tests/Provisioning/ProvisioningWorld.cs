using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Provisioning;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Provisioning;

/// <summary>A store with one organization, and nodes that use it.</summary>
internal sealed class ProvisioningWorld
{
    public static readonly AccountId Management = AccountId.Of(123456789012);
    private readonly SeededEntropy _entropy = new();

    public MemoryStore Store { get; } = new();

    /// <summary>A node that starts now: it has nothing in memory but what the store has.</summary>
    public async Task<Node> StartAsync()
    {
        var directories = new DirectoryCache(Store, TimeProvider.System);
        await directories.StartAsync(default);
        return new Node(directories, new AccountProvisioner(directories, _entropy, TimeProvider.System));
    }

    public async Task OrganizeAsync()
    {
        var created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        await PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = Management.ToString(), Name = "First", Email = "a@example.com", Created = created });
        await PutAsync(SetId.Of(Management), DocumentKinds.Organization, new Organization
        {
            Id = "o-0123456789", RootId = "r-0123", ManagementAccount = Management.ToString(), ManagementEmail = "a@example.com", Created = created, FeatureSet = "ALL",
        });
    }

    /// <summary>A request as CreateAccount writes it.</summary>
    public async Task<CreateAccountRequest> RequestAsync(string id = "car-00000001", string account = "500000000000", string email = "b@example.com")
    {
        var request = new CreateAccountRequest
        {
            Id = id, ManagementAccount = Management.ToString(), AccountId = account, AccountName = "Second", Email = email, RoleName = "OrganizationAccountAccessRole",
            RoleId = "AROA" + account.PadRight(17, 'A'), State = CreateAccountStates.InProgress, Requested = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            Tags = [new Tag("team", "blue")],
        };
        await PutAsync(SetId.Installation, DocumentKinds.CreateAccountRequest, request);
        return request;
    }

    public async Task PutAsync<T>(SetId set, DocumentKind<T> kind, T value)
        where T : class =>
        await Store.CommitAsync(new Commit { Id = Identifiers.Uuid(_entropy), Set = set, Puts = [new Put(kind.KeyOf(value), kind.Write(value))] }, default);
}

/// <summary>A node's memory and its provisioner.</summary>
internal sealed record Node(DirectoryCache Directories, AccountProvisioner Provisioner)
{
    /// <summary>Finishes what is unfinished; false when that was nothing.</summary>
    public async Task<bool> RunAsync()
    {
        var unfinished = Provisioner.Unfinished();
        foreach (var id in unfinished)
            await Provisioner.FinishAsync(id, default);
        return unfinished.Count > 0;
    }

    public async Task<AccountDirectory> LoadAsync(AccountId account) => (await Directories.GetAsync(account, default))!;

    public async Task<CreateAccountRequest> RequestAsync(string id = "car-00000001") =>
        (await LoadAsync(ProvisioningWorld.Management)).Documents.Find(DocumentKinds.CreateAccountRequest, id)
        ?? Directories.Installation.Documents.Find(DocumentKinds.CreateAccountRequest, id)!;
}
