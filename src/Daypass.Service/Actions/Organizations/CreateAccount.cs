using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>
/// Plans a new account of the organization. The answer is the plan; <see cref="Provisioning.AccountProvisioner"/> carries it out, and
/// DescribeCreateAccountStatus tells how far it has come.
/// </summary>
internal sealed class CreateAccount : ApiAction<CreateAccount.Request, CreateAccount.Response>
{
    private const string DefaultRoleName = "OrganizationAccountAccessRole";

    internal sealed record Request(string Email, string AccountName, string RoleName, IReadOnlyList<Tag> Tags);

    internal sealed record Response(CreateAccountRequest Plan) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("CreateAccountStatus", new CreateAccountStatusShape(Plan));
    }

    // The model calls both sensitive.
    public override IReadOnlyList<string> SecretParameters => ["Email", "AccountName"];

    public override Request Read(Parameters wire)
    {
        // Whether users may see bills is accepted and of no effect: there are no bills.
        OrganizationsInput.Word(wire, "IamUserAccessToBilling", "ALLOW", "DENY");
        return new Request(
            OrganizationsInput.Required(wire, "Email", OrganizationsRules.Email),
            OrganizationsInput.Required(wire, "AccountName", OrganizationsRules.AccountName),
            OrganizationsInput.Optional(wire, "RoleName", TextRules.RoleName) ?? DefaultRoleName,
            OrganizationsInput.Tags(wire));
    }

    public override Question Ask(Request request, Scene scene)
    {
        var create = new Permission("organizations:CreateAccount", "*", scene.Caller.Account);
        if (request.Tags.Count == 0)
            return Question.Of(create);
        List<KeyValuePair<string, string>> keys = [.. request.Tags.Select(tag => KeyValuePair.Create("aws:RequestTag/" + tag.Key, tag.Value))];
        List<KeyValuePair<string, IReadOnlyList<string>>> listKeys = [KeyValuePair.Create<string, IReadOnlyList<string>>("aws:TagKeys", [.. request.Tags.Select(tag => tag.Key)])];
        // Tags decide access (aws:ResourceTag), so setting them is a right of its own even here.
        var tag = new Permission("organizations:TagResource", Membership.ArnOf("*", scene), scene.Caller.Account);
        return new Question([create with { Keys = keys, ListKeys = listKeys }, tag with { Keys = keys, ListKeys = listKeys }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var organization = Membership.RequireManagement(scene);
        var plan = new CreateAccountRequest
        {
            Id = NewId(scene.Entropy),
            ManagementAccount = organization.ManagementAccount,
            AccountId = FreeAccount(scene).ToString(),
            AccountName = request.AccountName,
            Email = request.Email,
            RoleName = request.RoleName,
            RoleId = Identifiers.Unique(UniqueId.Role, scene.Entropy),
            State = CreateAccountStates.InProgress,
            Requested = scene.NowInSeconds,
            Tags = request.Tags,
        };
        // Where every node sees it: what is unfinished is known at any start, without a look into all accounts.
        return new Outcome<Response>(new Response(plan), scene.ChangeInstallation().Put(DocumentKinds.CreateAccountRequest, plan));
    }

    private static string NewId(IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[16];
        entropy.Fill(bytes);
        return "car-" + Convert.ToHexStringLower(bytes);
    }

    private static AccountId FreeAccount(Scene scene)
    {
        var account = Identifiers.Account(scene.Entropy, scene.Settings.HasCompanyAccounts);
        while (scene.Installation.FindAccount(account) is not null)
            account = Identifiers.Account(scene.Entropy, scene.Settings.HasCompanyAccounts);
        return account;
    }
}
