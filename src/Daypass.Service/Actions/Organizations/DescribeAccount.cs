using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>One account of the organization.</summary>
internal sealed class DescribeAccount : ApiAction<DescribeAccount.Request, DescribeAccount.Response>
{
    internal sealed record Request(string AccountId);

    internal sealed record Response(OrganizationAccount Account, Organization Organization) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Account", new AccountShape(Account, Organization));
    }

    public override Request Read(Parameters wire) => new(OrganizationsInput.Required(wire, "AccountId", OrganizationsRules.AccountId));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("organizations:DescribeAccount", Membership.ArnOf(request.AccountId, scene), scene.Caller.Account)
        {
            Keys = [.. (Find(request, scene)?.Tags ?? []).Select(tag => KeyValuePair.Create("aws:ResourceTag/" + tag.Key, tag.Value))],
        });

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var organization = Membership.RequireManagement(scene);
        return new Outcome<Response>(new Response(Find(request, scene) ?? throw OrganizationsErrors.NoSuchAccount(), organization));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("AWS::Organizations::Account", Membership.ArnOf(request.AccountId, scene))];

    private static OrganizationAccount? Find(Request request, Scene scene) => scene.Home.Documents.Find(DocumentKinds.OrganizationAccount, request.AccountId);
}
