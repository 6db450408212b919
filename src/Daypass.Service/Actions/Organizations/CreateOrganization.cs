using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>Makes an organization that the caller's account manages.</summary>
internal sealed class CreateOrganization : ApiAction<CreateOrganization.Request, CreateOrganization.Response>
{
    internal sealed record Request(string FeatureSet);

    internal sealed record Response(Organization Organization) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Organization", new OrganizationShape(Organization));
    }

    public override Request Read(Parameters wire) => new(OrganizationsInput.Word(wire, "FeatureSet", "ALL", "CONSOLIDATED_BILLING") ?? "ALL");

    public override Question Ask(Request request, Scene scene) => Membership.Ask(Name, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        if (scene.Home.Organization is not null || Membership.IsMember(scene))
            throw OrganizationsErrors.AlreadyInOrganization();
        var account = scene.Installation.FindAccount(scene.Home.Account)!;
        var organization = new Organization
        {
            Id = Identifiers.Lower("o-", 10, scene.Entropy),
            RootId = Identifiers.Lower("r-", 4, scene.Entropy),
            ManagementAccount = account.Id,
            ManagementEmail = account.Email,
            Created = scene.NowInSeconds,
            FeatureSet = request.FeatureSet,
        };
        var changes = scene.Change()
            .RelyOn(DocumentKinds.Settings, "account")
            .Put(DocumentKinds.Organization, organization)
            .Put(DocumentKinds.OrganizationAccount, Managing(account, scene));
        return new Outcome<Response>(new Response(organization), changes);
    }

    // As on AWS, the management account counts as invited: the organization did not make it.
    private static OrganizationAccount Managing(Account account, Scene scene) => new()
    {
        Id = account.Id,
        Name = account.Name,
        Email = account.Email,
        JoinedMethod = "INVITED",
        Joined = scene.NowInSeconds,
    };
}
