using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace FairMedl.Web.Studies.Models;

/// <summary>Presentation MathML from typed parts. Browsers typeset it without a script.</summary>
public static class MathMarkup
{
    /// <summary>A formula on a line of text.</summary>
    public static XElement Inline(params object[] parts) => new("math", new XAttribute("display", "inline"), new XElement("mrow", parts));

    /// <summary>A formula as markup of a page.</summary>
    public static MarkupString ToMarkup(this XElement formula) => (MarkupString)formula.ToString(SaveOptions.DisableFormatting);

    /// <summary>A variable or a function's name; names of several letters are upright.</summary>
    public static XElement Name(string name) => new("mi", name);

    /// <summary>An operator, such as "+", with the space that it has between two terms.</summary>
    public static XElement Operator(string sign) => new("mo", new XAttribute("form", "infix"), sign);

    /// <summary>A bracket or separator.</summary>
    public static XElement Fence(string sign) => new("mo", new XAttribute("stretchy", "false"), sign);

    /// <summary>A name with an upright index.</summary>
    public static XElement Indexed(XElement name, string index) =>
        new("msub", name, new XElement("mi", new XAttribute("mathvariant", "normal"), index));

    /// <summary>A name with a hat: an estimate.</summary>
    public static XElement Hat(string name) => new("mover", new XAttribute("accent", "true"), Name(name), new XElement("mo", "^"));

    /// <summary>A function of arguments between parentheses, separated by <paramref name="separator"/>.</summary>
    public static XElement Call(XElement function, string separator, params XElement[] arguments)
    {
        var row = new XElement("mrow", function, Fence("("));
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i > 0) row.Add(new XElement("mo", separator));
            row.Add(arguments[i]);
        }

        row.Add(Fence(")"));
        return row;
    }

    /// <summary>The sum of a term over an index.</summary>
    public static XElement SumOver(string index, XElement term) =>
        new("mrow", new XElement("munder", new XElement("mo", "∑"), Name(index)), term);

    /// <summary>The absolute value of a term.</summary>
    public static XElement Absolute(XElement term) => new("mrow", Fence("|"), term, Fence("|"));
}
