using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The accounts of the organization, in the order of their numbers.</summary>
internal sealed class ListAccounts : ApiAction<ListAccounts.Request, ListAccounts.Response>
{
    internal sealed record Request(OrganizationPage Page);

    internal sealed record Response(Organization Organization, IReadOnlyList<OrganizationAccount> Accounts, string? NextToken) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Accounts", Accounts.Select(account => new AccountShape(account, Organization)));
            writer.Text("NextToken", NextToken);
        }
    }

    public override Request Read(Parameters wire) => new(OrganizationPage.Read(wire));

    public override Question Ask(Request request, Scene scene) => Membership.Ask(Name, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var organization = Membership.RequireManagement(scene);
        var (page, next) = request.Page.Of(after => scene.Home.Documents.All(DocumentKinds.OrganizationAccount, after), account => account.Id);
        return new Outcome<Response>(new Response(organization, page, next));
    }
}
