using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>The session as policies and the trail name it.</summary>
internal sealed record AssumedRoleUser(string AssumedRoleId, string Arn) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("AssumedRoleId", AssumedRoleId);
        writer.Text("Arn", Arn);
    }
}
