// What stands within other sites' pages: looks, and no script.
import "./styles/main.css";
