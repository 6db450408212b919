using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>An account as its organization shows it.</summary>
internal sealed record AccountShape(OrganizationAccount Account, Organization Organization) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Id", Account.Id);
        writer.Text("Arn", OrganizationArn.OfAccount(Organization, Account.Id));
        writer.Secret("Email", Account.Email);
        writer.Secret("Name", Account.Name);
        writer.Text("Status", Account.Status);
        writer.Text("State", Account.Status);
        writer.TextList("Paths", [$"{Organization.Id}/{Organization.RootId}/{Account.Id}/"]);
        writer.Text("JoinedMethod", Account.JoinedMethod);
        writer.Time("JoinedTimestamp", Account.Joined);
    }
}
