using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>See <see cref="DeletePermissionsBoundary{Role}"/>.</summary>
internal sealed class DeleteRolePermissionsBoundary() : DeletePermissionsBoundary<Role>(HolderKinds.Role, static (role, boundary) => role with { Boundary = boundary });
