using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>A structure of one flag: how a limit stood to the request.</summary>
internal sealed record FlagShape(string Member, bool Value) : IShape
{
    public static FlagShape? Boundary(bool? isAllowed) => isAllowed is { } value ? new FlagShape("AllowedByPermissionsBoundary", value) : null;

    public static FlagShape? Organizations(bool? isAllowed) => isAllowed is { } value ? new FlagShape("AllowedByOrganizations", value) : null;

    public void Write(ShapeWriter writer) => writer.Flag(Member, Value);
}
