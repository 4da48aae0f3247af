using Plotly.Blazor.Traces.ScatterLib;

namespace FairMedl.Web.Results.Figures;

/// <summary>A named point with its intervals, in pixels: x to the right, y upwards.</summary>
/// <param name="X">The point.</param>
/// <param name="Y">The point.</param>
/// <param name="Name">Its name.</param>
public sealed record NamedPoint(double X, double Y, string Name)
{
    /// <summary>The ends of its horizontal interval.</summary>
    public (double From, double To) Across { get; init; } = (X, X);

    /// <summary>The ends of its vertical interval.</summary>
    public (double From, double To) Up { get; init; } = (Y, Y);
}

/// <summary>
/// Where the names of points in a scatter plot go: each at a corner of its point, so that no name covers another name or a point and,
/// where possible, none crosses an interval. Widths are estimated. Where a name has no free corner, the legend is needed.
/// </summary>
public static class LabelPlacement
{
    // Pixels: a letter's width, a line's height, half a marker with its distance to the name, half a line's thickness.
    private const double LetterWidth = 7, LineHeight = 16, Around = 8, Hair = 1;

    private static readonly (TextPositionEnum Position, int Across, int Up)[] Corners =
    [
        (TextPositionEnum.TopRight, 1, 1), (TextPositionEnum.BottomRight, 1, -1), (TextPositionEnum.TopLeft, -1, 1), (TextPositionEnum.BottomLeft, -1, -1),
    ];

    /// <summary>The corner of each name; null where not all names have room.</summary>
    /// <param name="points">The points.</param>
    /// <param name="width">The plot's width in pixels.</param>
    /// <param name="height">The plot's height in pixels.</param>
    public static IReadOnlyList<TextPositionEnum>? Of(IReadOnlyList<NamedPoint> points, double width, double height) =>
        Place(points, width, height, avoidIntervals: true) ?? Place(points, width, height, avoidIntervals: false);

    private static List<TextPositionEnum>? Place(IReadOnlyList<NamedPoint> points, double width, double height, bool avoidIntervals)
    {
        Box[] markers = [.. points.Select(p => new Box(p.X - Around, p.X + Around, p.Y - Around, p.Y + Around))];
        Box[] intervals = !avoidIntervals ? [] :
        [
            .. points.Select(p => new Box(p.Across.From, p.Across.To, p.Y - Hair, p.Y + Hair)),
            .. points.Select(p => new Box(p.X - Hair, p.X + Hair, p.Up.From, p.Up.To)),
        ];
        var names = new List<Box>();
        var corners = new List<TextPositionEnum>();
        for (int i = 0; i < points.Count; i++)
        {
            int own = i;
            (TextPositionEnum Position, Box Box)[] free =
            [
                .. Corners
                    .Select(c => (c.Position, Box: BoxOf(points[own], c.Across, c.Up)))
                    .Where(c => c.Box.IsWithin(width, height) && !names.Any(c.Box.Overlaps) && !intervals.Any(c.Box.Overlaps) && !markers.Where((_, m) => m != own).Any(c.Box.Overlaps)),
            ];
            if (free.Length == 0) return null;
            names.Add(free[0].Box);
            corners.Add(free[0].Position);
        }

        return corners;
    }

    private static Box BoxOf(NamedPoint point, int across, int up)
    {
        double width = LetterWidth * point.Name.Length;
        double left = across > 0 ? point.X + Around : point.X - Around - width, bottom = up > 0 ? point.Y + 2 : point.Y - LineHeight - 2;
        return new Box(left, left + width, bottom, bottom + LineHeight);
    }

    private readonly record struct Box(double Left, double Right, double Bottom, double Top)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Bottom < other.Top && other.Bottom < Top;

        public bool IsWithin(double width, double height) => Left >= 0 && Right <= width && Bottom >= 0 && Top <= height;
    }
}
