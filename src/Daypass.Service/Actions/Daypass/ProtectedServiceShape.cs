using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>A protected service in responses.</summary>
internal sealed record ProtectedServiceShape(ProtectedService Service) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("Name", Service.Name);
        writer.Text("Region", Service.Region);
        writer.Text("OwnerAccount", Service.OwnerAccount);
        if (AccountId.TryParse(Service.OwnerAccount, out var owner))
            writer.Text("Arn", ServiceArn.Of(Service.Name, Service.Region, owner));
        writer.Time("Registered", Service.Registered);
    }
}
