using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>An organization as the API returns it.</summary>
internal sealed record OrganizationShape(Organization Organization) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Id", Organization.Id);
        writer.Text("Arn", OrganizationArn.Of(Organization));
        writer.Text("FeatureSet", Organization.FeatureSet);
        writer.Text("MasterAccountArn", OrganizationArn.OfAccount(Organization, Organization.ManagementAccount));
        writer.Text("MasterAccountId", Organization.ManagementAccount);
        writer.Secret("MasterAccountEmail", Organization.ManagementEmail);
        // No policy type can be enabled here so far.
        writer.List("AvailablePolicyTypes", []);
    }
}
