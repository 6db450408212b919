using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>How far one CreateAccount has come.</summary>
internal sealed class DescribeCreateAccountStatus : ApiAction<DescribeCreateAccountStatus.Request, DescribeCreateAccountStatus.Response>
{
    internal sealed record Request(string CreateAccountRequestId);

    internal sealed record Response(CreateAccountRequest Plan) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("CreateAccountStatus", new CreateAccountStatusShape(Plan));
    }

    public override Request Read(Parameters wire) => new(OrganizationsInput.Required(wire, "CreateAccountRequestId", OrganizationsRules.RequestId));

    public override Question Ask(Request request, Scene scene) => Membership.Ask(Name, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        Membership.RequireManagement(scene);
        var plan = CreateAccountRequests.Find(request.CreateAccountRequestId, scene) ?? throw OrganizationsErrors.NoSuchRequest();
        return new Outcome<Response>(new Response(plan));
    }
}
