using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Registers a protected service: (name, region) belongs to the caller's account from now on. Its principals with
/// <c>daypass:AcquireLeases</c> on the service may then verify requests signed for it.
/// </summary>
internal sealed class RegisterService : ApiAction<RegisterService.Request, RegisterService.Response>
{
    internal sealed record Request(string Name, string Region);

    internal sealed record Response(ProtectedServiceShape Service) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Service", Service);
    }

    public override Request Read(Parameters wire) => new(wire.RequiredText("Name", ServiceRules.Name), wire.RequiredText("Region", ServiceRules.Region));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:RegisterService", ServiceArn.Of(request.Name, request.Region, scene.Caller.Account), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        if (ServiceRules.IsReserved(request.Name))
            throw Errors.InvalidInput($"The service name {request.Name} is taken by Daypass itself.");
        if (scene.Installation.FindService(request.Name, request.Region) is not null)
            throw Errors.EntityAlreadyExists($"A service {request.Name} is already registered in {request.Region}.");
        var service = new ProtectedService
        {
            Name = request.Name,
            Region = request.Region,
            OwnerAccount = scene.Caller.Account.ToString(),
            Registered = scene.NowInSeconds,
        };
        return new Outcome<Response>(new Response(new ProtectedServiceShape(service)), scene.ChangeInstallation().Put(DocumentKinds.ProtectedService, service));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("Daypass::Service", ServiceArn.Of(request.Name, request.Region, scene.Caller.Account))];
}
