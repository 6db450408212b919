using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The organization of the caller's account, be it the management account or a member.</summary>
internal sealed class DescribeOrganization : ApiAction<DescribeOrganization.Request, DescribeOrganization.Response>
{
    internal sealed record Request;

    internal sealed record Response(Organization Organization) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Organization", new OrganizationShape(Organization));
    }

    public override bool NeedsOrganization => true;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Membership.Ask(Name, scene);

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(Membership.Require(scene)));
}
