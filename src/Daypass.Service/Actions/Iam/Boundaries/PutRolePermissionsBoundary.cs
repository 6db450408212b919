using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>See <see cref="PutPermissionsBoundary{Role}"/>.</summary>
internal sealed class PutRolePermissionsBoundary() : PutPermissionsBoundary<Role>(HolderKinds.Role, static (role, boundary) => role with { Boundary = boundary });
