using Daypass.Names;
using Daypass.Service.Actions.Organizations;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Provisioning;

/// <summary>
/// What a CreateAccount needs next, computed from what the three sets hold now and nothing else: whoever takes it up after a crash, or
/// beside another node, goes on where the sets stand.
/// <code>
/// 1 the installation's set   the account exists, and its email address is taken
/// 2 the new account's set    its settings, and the role by which the management account gets in
/// 3 the management account's set   the account is listed, the request has SUCCEEDED; or it has FAILED
/// 4 the installation's set   the request, which was there while it was in progress, is gone
/// </code>
/// </summary>
internal sealed record AccountPlan(CreateAccountRequest Request, Organization Organization, InstallationDirectory Installation, AccountDirectory Management, DateTimeOffset Now)
{
    private const string AdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

    public AccountId Account { get; } = AccountId.TryParse(Request.AccountId, out var account)
        ? account
        : throw new InvalidDataException($"The request {Request.Id} is for '{Request.AccountId}', which is no account.");

    /// <summary>As entities are dated; events are in order to the millisecond.</summary>
    private DateTimeOffset NowInSeconds => DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());

    /// <summary>The account in the installation's set, once the first step is done.</summary>
    public Account? Registered => Installation.FindAccount(Account);

    /// <summary>The next step. <paramref name="made"/> is the new account's directory, once the account exists.</summary>
    public ProvisioningStep Next(AccountDirectory? made, IEntropy entropy)
    {
        if (HasEnded)
            return new ProvisioningStep(new Changes(Installation.Documents).Delete(DocumentKinds.CreateAccountRequest, Request), null);
        if (FailureReason() is { } reason)
            return Finish(new Changes(Management.Documents), CreateAccountStates.Failed, reason, entropy);
        if (made is null)
            return Register(entropy);
        return made.Settings is null ? Furnish(made, entropy) : Finish(Listed(), CreateAccountStates.Succeeded, null, entropy);
    }

    private bool HasEnded => Management.Documents.Find(DocumentKinds.CreateAccountRequest, Request.Id) is not null;

    private string? FailureReason()
    {
        // The number was free when the request was made; if it is somebody else's now, the request is to be made again.
        if (Registered is { } registered)
            return IsOwn(registered) ? null : "INTERNAL_FAILURE";
        return Installation.Documents.FindBy(DocumentIndexes.AccountsByEmail, DocumentKinds.Fold(Request.Email)) is not null ? "EMAIL_ALREADY_EXISTS" : null;
    }

    private bool IsOwn(Account account) => account.ManagementAccount == Organization.ManagementAccount && HasEmail(account);

    private bool HasEmail(Account account) => DocumentKinds.Fold(account.Email) == DocumentKinds.Fold(Request.Email);

    private ProvisioningStep Register(IEntropy entropy)
    {
        var account = new Account
        {
            Id = Request.AccountId,
            Name = Request.AccountName,
            Email = Request.Email,
            Created = NowInSeconds,
            ManagementAccount = Organization.ManagementAccount,
        };
        // Of two accounts that are registered at once with one address, the second is asked again, and fails.
        var changes = new Changes(Installation.Documents).Put(DocumentKinds.Account, account).Guard("account-email/" + DocumentKinds.Fold(Request.Email));
        return new ProvisioningStep(changes, ProvisioningEvents.OfAccount(this, entropy));
    }

    private ProvisioningStep Furnish(AccountDirectory made, IEntropy entropy)
    {
        var settings = new AccountSettings { Created = NowInSeconds, ManagementAccount = Organization.ManagementAccount, OrganizationId = Organization.Id };
        var role = new Role
        {
            Name = Request.RoleName,
            Path = "/",
            Id = Request.RoleId,
            Created = NowInSeconds,
            Trust = new TrustPolicy(TrustIn(Organization.ManagementAccount), new Dictionary<string, string>()),
            Attached = [AdministratorAccess],
        };
        return new ProvisioningStep(
            new Changes(made.Documents).Put(DocumentKinds.Settings, settings).Put(DocumentKinds.Role, role),
            ProvisioningEvents.OfRole(this, role, entropy));
    }

    private Changes Listed() => new Changes(Management.Documents).Put(DocumentKinds.OrganizationAccount, new OrganizationAccount
    {
        Id = Request.AccountId,
        Name = Request.AccountName,
        Email = Request.Email,
        JoinedMethod = "CREATED",
        Joined = Registered!.Created,
        Tags = Request.Tags,
    });

    private ProvisioningStep Finish(Changes changes, string state, string? reason, IEntropy entropy)
    {
        var finished = Request with { State = state, FailureReason = reason, Completed = NowInSeconds };
        return new ProvisioningStep(
            changes.Put(DocumentKinds.CreateAccountRequest, finished),
            ProvisioningEvents.OfResult(this, new CreateAccountStatusShape(finished), entropy));
    }

    private static string TrustIn(string management) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{management}}:root"},"Action":"sts:AssumeRole"}]}""";
}
