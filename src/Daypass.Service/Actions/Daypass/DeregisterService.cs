using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>Gives a (name, region) up. Leases of the service are refused from now on.</summary>
internal sealed class DeregisterService : ApiAction<DeregisterService.Request, Nothing>
{
    internal sealed record Request(string Name, string Region);

    public override Request Read(Parameters wire) => new(wire.RequiredText("Name", ServiceRules.Name), wire.RequiredText("Region", ServiceRules.Region));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:DeregisterService", ServiceArn.Of(request.Name, request.Region, scene.Caller.Account), scene.Caller.Account));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var service = scene.Installation.FindService(request.Name, request.Region);
        // Another account's service is none of the caller's business: it does not exist for it.
        if (service is null || service.OwnerAccount != scene.Caller.Account.ToString())
            throw Errors.NoSuchEntity($"The service {request.Name} in {request.Region} is not registered by this account.");
        return new Outcome<Nothing>(Nothing.Instance, scene.ChangeInstallation().Delete(DocumentKinds.ProtectedService, service));
    }
}
